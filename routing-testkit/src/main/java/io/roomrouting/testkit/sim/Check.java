package io.roomrouting.testkit.sim;

/** Looks at a history, line by line, for one kind of violation. */
interface Check {

    /** Where violations go. */
    interface Findings {
        /**
         * Reports a violation.
         *
         * @param entry the line that completes it
         * @param earlier the lines that it is in conflict with
         */
        void broken(Invariant invariant, String what, History.Entry entry, History.Entry... earlier);
    }

    /** Looks at one line; lines come in order. */
    void see(History.Entry entry, Findings findings);
}
