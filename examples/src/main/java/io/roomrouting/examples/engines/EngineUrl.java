package io.roomrouting.examples.engines;

/** Where rooms and hosts are known. Values hold no secret but the {@link Login}, and can be shown. */
public sealed interface EngineUrl permits EngineUrl.Memory, DatabaseUrl, RedisUrl {

    /** In the backend's memory. */
    record Memory() implements EngineUrl {
        @Override
        public String toString() {
            return MEMORY;
        }
    }

    /** What {@link Memory} is called. */
    String MEMORY = "memory:";

    /** How URLs look, in the words of an error message and the help. */
    String FORM = MEMORY + ", " + DatabaseUrl.FORM + ", or " + RedisUrl.FORM;

    /**
     * Reads what an operator has written.
     *
     * @param text the URL, perhaps with a user and a password
     * @return the engine
     * @throws IllegalArgumentException if it names none
     */
    static EngineUrl of(String text) {
        if (text.equals(MEMORY)) {
            return new Memory();
        }
        return RedisUrl.isRedis(text) ? RedisUrl.of(text) : DatabaseUrl.of(text);
    }
}
