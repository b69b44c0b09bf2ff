/**
 * For people who give a command a database or a registry by its URL: what the URL may be, how it is opened, and what happens
 * when it does not answer. Open {@link io.roomrouting.examples.engines.EngineSettings} first.
 */
@NullMarked
package io.roomrouting.examples.engines;

import org.jspecify.annotations.NullMarked;
