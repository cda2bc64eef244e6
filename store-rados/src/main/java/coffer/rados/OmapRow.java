package coffer.rados;

/**
 * One row of the map of an object.
 *
 * @param value empty if only keys were asked for
 */
public record OmapRow(byte[] key, byte[] value) {}
