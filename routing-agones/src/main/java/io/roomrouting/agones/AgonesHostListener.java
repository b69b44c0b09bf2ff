package io.roomrouting.agones;

/**
 * Told what an {@link AgonesHost} does, for metrics; the log is told besides. Called on its threads: be quick; what is
 * thrown is logged and changes nothing.
 */
public interface AgonesHostListener {

    /** Hears nothing. */
    AgonesHostListener NONE = new AgonesHostListener() {};

    /**
     * The side-car did not take a sign of life in time. After {@code spec.health.failureThreshold} periods without one
     * Agones takes this process for dead.
     *
     * @param inARow how many it has missed by now
     * @param failure why
     */
    default void healthMissed(int inARow, Throwable failure) {}

    /**
     * The side-car did not answer, or refused, when the game server was compared with the session host. It is tried again
     * within a second or so.
     *
     * @param inARow how often by now
     * @param failure why
     */
    default void upkeepFailed(int inARow, Throwable failure) {}

    /**
     * The room counter was put right.
     *
     * @param difference what was added; negative for places given back
     */
    default void counterChanged(long difference) {}

    /**
     * The game server has another state.
     *
     * @param before for example {@code Ready}; empty at the first look
     * @param now for example {@code Allocated}
     */
    default void stateChanged(String before, String now) {}
}
