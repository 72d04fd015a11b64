/** Are the names of what pictures show those that people use in captions? */
package io.caption4j.bench.names;
