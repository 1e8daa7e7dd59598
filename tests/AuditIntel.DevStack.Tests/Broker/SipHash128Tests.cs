using System.Globalization;
using AuditIntel.DevStack.Log;

namespace AuditIntel.DevStack.Tests.Broker;

public sealed class SipHash128Tests
{
    /// <summary>Key 00 01 ... 0f, text 00 01 ... of that length; the output is what OpenSSL 3 prints for <c>openssl mac -macopt size:16 ... SipHash</c>.</summary>
    [Theory]
    [InlineData(0, "A3817F04BA25A8E66DF67214C7550293")]
    [InlineData(1, "DA87C1D86B99AF44347659119B22FC45")]
    [InlineData(7, "A1F1EBBED8DBC153C0B84AA61FF08239")]
    [InlineData(8, "3B62A9BA6258F5610F83E264F31497B4")]
    [InlineData(15, "5493E99933B0A8117E08EC0F97CFC3D9")]
    [InlineData(63, "5150D1772F50834A503E069A973FBD7C")]
    [InlineData(87, "0C7873FDFCEAC8F52867F70C8A669E00")]
    public void Hash_ShouldBeThatOfOpenSsl(int length, string expected)
    {
        byte[] text = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        var hash = new SipHash128(0x0706050403020100, 0x0F0E0D0C0B0A0908).Of(text);
        Assert.Equal(UInt128.Parse(string.Concat(expected.Chunk(2).Reverse().Select(pair => new string(pair))), NumberStyles.HexNumber, CultureInfo.InvariantCulture), hash);
    }

    [Fact]
    public void TwoHashes_ShouldHaveKeysOfTheirOwn() => Assert.NotEqual(SipHash128.Create().Of("a"u8), SipHash128.Create().Of("a"u8));
}
