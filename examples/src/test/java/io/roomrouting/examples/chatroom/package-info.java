/** Tests of the parts of the chat room with accounts. */
@NullMarked
package io.roomrouting.examples.chatroom;

import org.jspecify.annotations.NullMarked;
