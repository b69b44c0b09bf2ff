/** For people who test rooms and adapters. */
@NullMarked
package io.roomrouting.testkit;

import org.jspecify.annotations.NullMarked;
