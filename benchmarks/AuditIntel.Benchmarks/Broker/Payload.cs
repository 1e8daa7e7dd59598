namespace AuditIntel.Benchmarks.Broker;

/// <summary>The value of every record: bytes that do not repeat.</summary>
internal static class Payload
{
    private const int Seed = 20261121;

    public static byte[] Of(int bytes)
    {
        byte[] value = new byte[bytes];
        new Random(Seed).NextBytes(value);
        return value;
    }

    public static void Check(long bytes, int records)
    {
        if (bytes % records != 0 || bytes == 0)
        {
            throw new InvalidOperationException($"{records} records held {bytes} bytes; they are of one size.");
        }
    }
}
