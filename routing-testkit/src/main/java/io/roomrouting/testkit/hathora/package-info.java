/**
 * For people who test against Hathora's room API without Hathora. Open
 * {@link io.roomrouting.testkit.hathora.FakeHathora} first.
 */
@NullMarked
package io.roomrouting.testkit.hathora;

import org.jspecify.annotations.NullMarked;
