/** For people whose events carry JSON, read and written by Jackson. */
@NullMarked
package io.roomrouting.jackson;

import org.jspecify.annotations.NullMarked;
