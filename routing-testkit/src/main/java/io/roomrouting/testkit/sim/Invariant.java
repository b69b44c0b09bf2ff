package io.roomrouting.testkit.sim;

/** What must hold in every run, named as in the architecture's list. */
public enum Invariant {
    /** I1: at any moment at most one incarnation and epoch of a room accepts joins or handles messages. */
    ONE_OWNER,
    /** I2: every new ownership of a room has a larger epoch. */
    EPOCHS_GROW,
    /** I3: who is let in has an unused ticket for exactly that room, incarnation and epoch. */
    EXACT_TICKETS,
    /** I4: the state store takes nothing from a former owner, and gives the next one what was saved last. */
    FENCED_WRITES,
    /** I5: when the faults are over, every client is served again within a bound. */
    NO_LOST_ROOM,
    /** I6: no room and no host holds more than its limit. */
    CAPACITY,
    /** I7: a client that is told that it is back on its seat has missed nothing, and nothing that it said is lost. */
    HONEST_RESUME,
    /** What a session is sent arrives once, in order, without gaps, until it is told of its end. */
    DELIVERY,
    /** Every join is followed by exactly one leave, and by nothing of that session after it. */
    CALLBACKS,
    /** Nothing throws what its contract does not allow. */
    NO_FAULT
}
