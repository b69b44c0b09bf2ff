package io.roomrouting.testkit.sim;

/** Unwinds what a process was waiting for when it crashed, or when the run ended. Never seen by what goes on. */
final class ProcessDied extends Error {

    private static final long serialVersionUID = 1L;

    ProcessDied() {
        super("the simulated process is dead", null, false, false);
    }
}
