/** Load over real sockets, with server and clients in processes of their own. Open {@link LoadCommand} first. */
@NullMarked
package io.roomrouting.benchmarks.load;

import org.jspecify.annotations.NullMarked;
