/**
 * For people who add a setting or a command: a setting is declared once, and reading, help and errors follow from that.
 * Open {@link io.roomrouting.examples.settings.Setting} first.
 */
@NullMarked
package io.roomrouting.examples.settings;

import org.jspecify.annotations.NullMarked;
