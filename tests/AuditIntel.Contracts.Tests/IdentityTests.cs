namespace AuditIntel.Contracts.Tests;

/// <summary>Golden values: an id that changes would make every finding a new one.</summary>
public sealed class IdentityTests
{
    /// <summary>Computed with Python's hashlib from the rule in the room's README.</summary>
    [Fact]
    public void Ids_ShouldStayWhatTheyAre()
    {
        Assert.Equal("f396f2b8fa8721d3c35904bda6bc274470e9d2e3def15339ff7dd6a5dd959cfe", FindingId.Of("code4rena", "42", "H-01"));
        Assert.Equal("2a7db3e35fa4d98bc50329b498d56a9122266943da513d000e51cb8dc626a7e7", ContentHash.Of("A Title", "Some  text."));
    }

    [Fact]
    public void FindingId_ShouldNotMixItsParts()
    {
        Assert.NotEqual(FindingId.Of("a", "bc", "d"), FindingId.Of("ab", "c", "d"));
        Assert.Equal(FindingId.Of("a", "b", "c"), FindingId.Of("a", "b", "c"));
    }

    [Theory]
    [InlineData("A Title", "Some text.", "a  title", "some\r\n\r\ntext.")]
    [InlineData("Title", "caf\u00e9", "Title", "cafe\u0301")]
    [InlineData("Title", "text", "Ti\u200btle", "\ufefftext\u202e ")]
    public void ContentHash_ShouldNotSeeBlanksCaseAndInvisibleCharacters(string title, string body, string otherTitle, string otherBody) =>
        Assert.Equal(ContentHash.Of(title, body), ContentHash.Of(otherTitle, otherBody));

    [Fact]
    public void ContentHash_ShouldSeeOtherWords() => Assert.NotEqual(ContentHash.Of("Title", "text"), ContentHash.Of("Title", "texts"));

    [Fact]
    public void DeadLetterId_ShouldDependOnOriginReasonAndBytes()
    {
        string id = DeadLetterId.Of("file#1", "missing-body", [1, 2]);
        Assert.Equal(id, DeadLetterId.Of("file#1", "missing-body", [1, 2]));
        Assert.NotEqual(id, DeadLetterId.Of("file#2", "missing-body", [1, 2]));
        Assert.NotEqual(id, DeadLetterId.Of("file#1", "missing-title", [1, 2]));
        Assert.NotEqual(id, DeadLetterId.Of("file#1", "missing-body", [1, 3]));
    }
}
