-- a row by its primary key
select * from users where id = 5;
-- a row by a unique key
select * from users where email = 'user42@example.com';
-- a range of the primary key
select * from users where id between 10 and 30;
-- a large part of a table
select * from users where id > 10;
-- no index on the column
select * from users where country = 'de';
-- a few rows of a foreign key
select * from orders where user_id = 77;
-- the index alone answers
select id from users where id < 100;
-- a list of keys
select * from users where id in (3, 50, 700);
-- either of two keys
select * from products where category_id = 3 or category_id = 70;
-- an index and a filter
select * from orders where user_id = 77 and status = 'paid';
-- an expression hides the column
select * from users where id + 1 = 5;
-- two columns of an index
select * from images where product_id = 5 and position = 2;
-- the second column of an index alone
select * from images where position = 2;
-- the newest rows
select * from orders order by placed_at desc limit 10;
-- the order of the primary key
select * from users order by id limit 20;
-- a sort of all rows
select * from users order by name;
-- a sort of the first rows
select * from orders order by total limit 10;
-- a day of orders
select * from orders where placed_at >= '2024-07-01' and placed_at < '2024-07-02';
-- the greatest key
select max(id) from orders;
-- counting all rows
select count(*) from products;
-- few groups
select status, count(*) from orders group by status;
-- many groups
select user_id, sum(total) from orders group by user_id;
-- groups in order
select country, count(*) from users group by country order by country;
-- different values
select distinct country from users;
-- one row joined with its children
select u.name, o.total from users u join orders o on o.user_id = u.id where u.id = 5;
-- all rows joined
select u.name, o.total from users u join orders o on o.user_id = u.id;
-- a filter on the smaller table
select u.name, o.total from users u join orders o on o.user_id = u.id where u.country = 'de';
-- a filter on the larger table
select u.name, o.total from users u join orders o on o.user_id = u.id where o.total > 1200;
-- an order with its items
select o.id, i.quantity from orders o join items i on i.order_id = o.id where o.id = 100;
-- four tables from one row
select p.name from orders o join items i on i.order_id = o.id join skus s on s.id = i.sku_id join products p on p.id = s.product_id where o.id = 100;
-- a page of products with their images
select p.name, i.url from products p left join images i on i.product_id = p.id where p.category_id = 7;
-- products and skus
select p.name, s.code from products p join skus s on s.product_id = p.id;
-- all orders with their items
select o.id, i.price from orders o join items i on i.order_id = o.id where o.status = 'new';
-- users with an order
select * from users u where exists (select 1 from orders o where o.user_id = u.id);
-- users without an order
select * from users u where not exists (select 1 from orders o where o.user_id = u.id);
-- in a list from a query
select * from products where id in (select product_id from images where position = 0);
-- not in a list from a query
select * from products where id not in (select product_id from images where position = 0);
-- greater than an average
select * from products where price > (select avg(price) from products);
-- a subquery for each row
select name, (select count(*) from orders o where o.user_id = u.id) from users u where u.id < 10;
-- sales by country
select u.country, sum(o.total) from users u join orders o on o.user_id = u.id group by u.country;
-- sales of a category
select p.id, sum(i.quantity) from items i join skus s on s.id = i.sku_id join products p on p.id = s.product_id where p.category_id = 7 group by p.id;
-- the last orders with their users
select o.id, u.name from orders o join users u on u.id = o.user_id order by o.placed_at desc limit 10;
-- a table with itself
select a.id, b.id from categories a join categories b on b.parent_id = a.id;
-- every pair
select a.id, b.id from categories a, categories b;
-- a join on an inequality
select a.id, b.id from categories a join categories b on b.id < a.id;
-- one of two sets
select id from users where id < 10 union all select id from products where id < 10;
-- both sets once
select country from users union select status from orders;
-- a derived table
select s.user_id, u.name from (select user_id, count(*) as n from orders group by user_id) s join users u on u.id = s.user_id where s.n > 4;
-- a page far behind
select * from orders order by id limit 10 offset 20000;
-- a cursor instead
select * from orders where id > 20000 order by id limit 10;
-- a pattern
select * from users where email like 'user99%';
-- nulls
select * from users where age is null;
-- a change by key
update users set name = 'x' where id = 5;
-- a deletion by a foreign key
delete from items where order_id = 3;
-- a change by a join
update orders o set status = 'lost' from users u where u.id = o.user_id and u.country = 'xx';
-- an index is added
create index orders_status on orders (status);
-- rare by the new index
select * from orders where status = 'lost';
-- common in spite of it
select * from orders where status = 'paid';
-- an index on the price is added
create index items_price on items (price);
-- a range of the new index
select * from items where price > 996.5;
-- the most expensive by the new index
select * from items order by price desc limit 5;
-- the index is dropped
drop index items_price;
-- the same range without it
select * from items where price > 996.5;
-- the most expensive without it
select * from items order by price desc limit 5;
