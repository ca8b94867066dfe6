"""Runs random histories of answers through the real py-fsrs: `cargo xtask record memory`, which installs it.

Writes fsrs.txt beside this file: what was answered when, and which card came of it. Ours has to be the same (../memory.rs).

A line `scheduler` sets the retention, the learning and the relearning steps in seconds, the longest interval in days, and w0 to w20.
Each line after it is a history, an answer a word: `wait:rating:state:stability:difficulty:interval`. Waits and intervals are seconds;
ratings 1 to 4; states `L0` (learning, step 0), `V` (review), `R0` (relearning).
"""

import random
import sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path

from fsrs import Card, Rating, Scheduler, State

assert version("fsrs").startswith("6."), "goldens are recorded from py-fsrs 6"

# How many histories: for a look at more of them than are kept.
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 320
FILE = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "fsrs.txt"
# Ours is bounded here, as those of fsrs-rs and ts-fsrs are. py-fsrs goes on.
LONGEST_STABILITY = 36500.0

minutes = lambda *steps: tuple(timedelta(minutes=step) for step in steps)
# From py-fsrs's own tests.
OTHERS = [
    (0.1456, 0.4186, 1.1104, 4.1315, 5.2417, 1.3098, 0.8975, 0.0010, 1.5674, 0.0567, 0.9661, 2.0275, 0.1592, 0.2446, 1.5071, 0.2272,
     2.8755, 1.234, 0.56789, 0.1437, 0.2),
    (0.1234, 1.2931, 2.3977, 8.2956, 6.6868, 0.4502, 3.0779, 0.0535, 1.6540, 0.1466, 0.6301, 1.6120, 0.0128, 0.3485, 1.8879, 0.8546,
     1.8729, 0.6749, 0.2045, 0.2262, 0.4603),
]
# Half of the histories are scheduled by the first one, the default.
SCHEDULERS = [
    Scheduler(enable_fuzzing=False),
    Scheduler(enable_fuzzing=False, parameters=OTHERS[0], desired_retention=0.85, maximum_interval=3650),
    Scheduler(enable_fuzzing=False, parameters=OTHERS[1], learning_steps=minutes(5), relearning_steps=minutes(1, 10)),
    Scheduler(enable_fuzzing=False, desired_retention=0.95, learning_steps=(), relearning_steps=()),
    Scheduler(enable_fuzzing=False, learning_steps=minutes(1, 10, 60), relearning_steps=minutes(2, 15, 40), maximum_interval=100),
]


def wait(card, now, dice):
    """Seconds until the next answer: when it is due, or a little earlier, or much later, or at once."""
    planned = int((card.due - now).total_seconds())
    match dice.randrange(6):
        case 0 | 1:
            return planned
        case 2:
            return int(planned * dice.uniform(0.2, 1.0))
        case 3:
            return int(planned * dice.uniform(1.0, 4.0)) + dice.randrange(7200)
        case 4:
            return dice.randrange(1, 86400)
        case _:
            return dice.randrange(1, 60) * 86400 + dice.randrange(-3, 4)


def history(scheduler, dice):
    now = datetime(2024, 1, 1, 12, 0, tzinfo=timezone.utc)
    card, words = Card(due=now), []
    for turn in range(dice.randrange(2, 16)):
        waited = 0 if turn == 0 else max(0, min(wait(card, now, dice), 20 * 365 * 86400))
        now += timedelta(seconds=waited)
        rating = dice.choices(list(Rating), weights=(20, 15, 50, 15))[0]
        card, _ = scheduler.review_card(card=card, rating=rating, review_datetime=now)
        if card.stability > LONGEST_STABILITY or now.year > 2200:
            break
        state = {State.Learning: "L", State.Review: "V", State.Relearning: "R"}[card.state]
        step = "" if card.step is None else card.step
        interval = int((card.due - now).total_seconds())
        words.append(f"{waited}:{rating.value}:{state}{step}:{card.stability:.7g}:{card.difficulty:.7g}:{interval}")
    return " ".join(words)


def seconds(steps):
    return ",".join(str(int(step.total_seconds())) for step in steps) or "-"


lines = [f"# py-fsrs {version('fsrs')}"]
for index, scheduler in enumerate(SCHEDULERS):
    dice = random.Random(20_000 + index)
    w = " ".join(map(str, scheduler.parameters))
    learning, relearning = seconds(scheduler.learning_steps), seconds(scheduler.relearning_steps)
    lines.append(f"scheduler {scheduler.desired_retention} {learning} {relearning} {scheduler.maximum_interval} {w}")
    lines += [history(scheduler, dice) for _ in range(COUNT // 2 if index == 0 else COUNT // 8)]
FILE.write_text("\n".join(lines) + "\n")
print(f"{FILE.name}: {len(lines) - 1 - len(SCHEDULERS)} histories")
