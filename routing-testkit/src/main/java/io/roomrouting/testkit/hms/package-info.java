/**
 * For people who test what they built on 100ms without an account there: a server that answers as 100ms does. Open
 * {@link io.roomrouting.testkit.hms.FakeHms} first.
 */
@NullMarked
package io.roomrouting.testkit.hms;

import org.jspecify.annotations.NullMarked;
