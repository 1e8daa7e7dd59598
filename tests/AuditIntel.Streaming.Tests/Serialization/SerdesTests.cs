using System.Buffers;
using AuditIntel.Streaming.Nodes;

namespace AuditIntel.Streaming.Tests.Serialization;

/// <summary>The bytes are those of Kafka's own serializers, written down by hand from their sources.</summary>
public sealed class SerdesTests
{
    [Fact]
    public void Serdes_ShouldWriteTheBytesOfKafka()
    {
        Check(Serdes.Int32, 258, [0, 0, 1, 2]);
        Check(Serdes.Int64, -2, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE]);
        Check(Serdes.Double, 1.5, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0]);
        Check(Serdes.Boolean, true, [1]);
        Check(Serdes.Utf8, "hé", [(byte)'h', 0xC3, 0xA9]);
        Check(Serdes.Uuid, Guid.Parse("01020304-0506-0708-090a-0b0c0d0e0f10"), "01020304-0506-0708-090a-0b0c0d0e0f10"u8.ToArray());
        Check(Serdes.Nullable(Serdes.Int32), 1, [0, 0, 0, 1]);
    }

    [Fact]
    public void WindowedKeys_ShouldCarryTheirWindowBehindTheKey()
    {
        Check(Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMilliseconds(10)), new Windowed<string>("k", 258, 268), [(byte)'k', 0, 0, 0, 0, 0, 0, 1, 2]);
        Check(
            Serdes.SessionWindowed(Serdes.Utf8),
            new Windowed<string>("k", 1, 2),
            [(byte)'k', 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1]);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Change_ShouldKeepWhichOfItsSidesThereAre(bool hasNew, bool hasOld)
    {
        var serde = new ChangeSerde<long>(Serdes.Int64);
        Change<long> read = serde.Deserialize("", Bytes(serde, Change<long>.Of(0, hasNew, 5, hasOld)));
        Assert.Equal((hasNew, hasOld), (read.HasNew, read.HasOld));
        Assert.Equal(hasOld ? 5 : 0, read.Old);
    }

    [Fact]
    public void CutBytes_ShouldBeRefusedInWords()
    {
        Assert.Contains("has 8 bytes, not 3", Assert.Throws<FormatException>(() => Serdes.Int64.Deserialize("", [1, 2, 3])).Message);
        Assert.Throws<FormatException>(() => Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromSeconds(1)).Deserialize("", [1]));
        Assert.Throws<FormatException>(() => Serdes.SessionWindowed(Serdes.Utf8).Deserialize("", [1]));
        Assert.Throws<FormatException>(() => new ChangeSerde<long>(Serdes.Int64).Deserialize("", [1, 0, 0, 0, 9]));
    }

    private static void Check<T>(ISerde<T> serde, T value, byte[] expected)
    {
        Assert.Equal(expected, Bytes(serde, value));
        Assert.Equal(value, serde.Deserialize("", expected));
    }

    private static byte[] Bytes<T>(ISerde<T> serde, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        serde.Serialize("", value, output);
        return output.WrittenSpan.ToArray();
    }
}
