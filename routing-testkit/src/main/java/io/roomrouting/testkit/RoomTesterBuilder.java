package io.roomrouting.testkit;

import io.roomrouting.RoomId;
import io.roomrouting.RoomSpec;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionLimits;

/** Describes a {@link RoomTester}; everything has a default. Not thread-safe. */
public final class RoomTesterBuilder {

    private final RoomHandlerFactory factory;
    private RoomId id = RoomId.of("room");
    private RoomSpec spec = RoomSpec.defaults();
    private RoomSettings settings = RoomSettings.defaults();
    private SessionLimits limits = SessionLimits.defaults();
    private RecordingFormat format = RecordingFormat.plain();
    private ManualTime time = ManualTime.create();

    RoomTesterBuilder(RoomHandlerFactory factory) {
        this.factory = factory;
    }

    /**
     * Names the room; by default {@code room}.
     *
     * @param value the id
     * @return this
     */
    public RoomTesterBuilder id(RoomId value) {
        id = value;
        return this;
    }

    /**
     * Says how the room was created; by default {@link RoomSpec#defaults()}.
     *
     * @param value the spec
     * @return this
     */
    public RoomTesterBuilder spec(RoomSpec value) {
        spec = value;
        return this;
    }

    /**
     * Sets the room type's bounds and policies; by default {@link RoomSettings#defaults()}.
     *
     * @param value the settings
     * @return this
     */
    public RoomTesterBuilder settings(RoomSettings value) {
        settings = value;
        return this;
    }

    /**
     * Sets what clients may take; by default {@link SessionLimits#defaults()}.
     *
     * @param value the limits
     * @return this
     */
    public RoomTesterBuilder limits(SessionLimits value) {
        limits = value;
        return this;
    }

    /**
     * Sends every value through a codec, as over a wire; by default objects pass as they are.
     *
     * @param codec writes and reads
     * @return this
     */
    public RoomTesterBuilder payloads(PayloadCodec codec) {
        format = RecordingFormat.through(codec);
        return this;
    }

    /**
     * Sets the time, to share it with what the room uses; by default one of its own.
     *
     * @param value moved by {@link RoomTester#advance} and by whoever else holds it
     * @return this
     */
    public RoomTesterBuilder time(ManualTime value) {
        time = value;
        return this;
    }

    /**
     * Starts a host for the room. The room itself opens when the first client joins.
     *
     * @return the tester
     */
    public RoomTester open() {
        return new RoomTester(factory, id, spec, settings, limits, format, time);
    }
}
