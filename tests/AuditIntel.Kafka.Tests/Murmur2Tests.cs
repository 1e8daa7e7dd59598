using System.Text;

namespace AuditIntel.Kafka.Tests;

public sealed class Murmur2Tests
{
    /// <summary>The vectors of Apache Kafka's own UtilsTest.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    public void Hash_ShouldBeJavas(string text, int expected) => Assert.Equal(expected, Murmur2.Hash(Encoding.UTF8.GetBytes(text)));
}
