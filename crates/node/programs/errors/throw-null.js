// Even null.
throw null;
