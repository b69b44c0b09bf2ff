/**
 * For people who want to try the Hathora scheduler without Hathora. Open
 * {@link io.roomrouting.examples.hathora.FakeHathoraCommand} first.
 */
@NullMarked
package io.roomrouting.examples.hathora;

import org.jspecify.annotations.NullMarked;
