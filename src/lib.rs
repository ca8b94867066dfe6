//! What a person sees. Draws, never computes: no rule of any protocol is in here.
