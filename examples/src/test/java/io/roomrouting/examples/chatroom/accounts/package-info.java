/** Tests of the accounts of the chat room. */
@NullMarked
package io.roomrouting.examples.chatroom.accounts;

import org.jspecify.annotations.NullMarked;
