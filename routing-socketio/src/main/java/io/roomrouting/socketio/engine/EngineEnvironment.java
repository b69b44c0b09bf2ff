package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import java.util.concurrent.Executor;

/**
 * What all sessions of a server share.
 *
 * @param executor runs callbacks that no reading thread runs
 */
record EngineEnvironment(EngineSettings settings, TimeSource time, Executor executor) {}
