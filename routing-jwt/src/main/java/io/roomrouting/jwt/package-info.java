/** For people who issue and check login tokens and room tickets as JSON Web Tokens. */
@NullMarked
package io.roomrouting.jwt;

import org.jspecify.annotations.NullMarked;
