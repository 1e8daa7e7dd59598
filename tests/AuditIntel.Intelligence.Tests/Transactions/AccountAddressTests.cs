using AuditIntel.Intelligence.Transactions;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class AccountAddressTests
{
    [Fact]
    public void Address_ShouldBeTheSameAgain_ThroughTextAndBytes() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>().Generator.Resize(20).Select(bytes => (byte[])[.. bytes.Concat(new byte[20]).Take(20)]).ToArbitrary(),
        bytes =>
        {
            AccountAddress address = AccountAddress.FromBytes(bytes);
            byte[] again = new byte[20];
            address.CopyTo(again);
            return again.SequenceEqual(bytes) && AccountAddress.Parse(address.ToString()) == address
                && address.ToString() == "0x" + Convert.ToHexStringLower(bytes);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x00000000219ab540356cbb839cbe05303d7705f")]
    [InlineData("0x00000000219ab540356cbb839cbe05303d7705fa0")]
    [InlineData("1x00000000219ab540356cbb839cbe05303d7705fa")]
    [InlineData("0x00000000219ab540356cbb839cbe05303d7705fg")]
    [InlineData("0x +0000000219ab540356cbb839cbe05303d7705f")]
    public void Text_ShouldBeRefused_WhenItIsNoAddress(string text)
    {
        Assert.False(AccountAddress.TryParse(text, out _));
        Assert.Throws<FormatException>(() => AccountAddress.Parse(text));
    }

    [Fact]
    public void Case_ShouldNotMatter() => Assert.Equal(
        AccountAddress.Parse("0x00000000219ab540356cbb839cbe05303d7705fa"), AccountAddress.Parse("0x00000000219AB540356CBB839CBE05303D7705FA"));

    [Fact]
    public void StableHash_ShouldNeverChange_SinceSplitsRestOnIt() =>
        Assert.Equal(StableHashOfDeposit, AccountAddress.Parse("0x00000000219ab540356cbb839cbe05303d7705fa").StableHash);

    private const ulong StableHashOfDeposit = 0x76741532BEDAD326;
}
