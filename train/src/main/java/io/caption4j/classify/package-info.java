/** Pictures to classes: the three forms of transfer learning, on one encoder. */
package io.caption4j.classify;
