using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Tests;

public sealed class TaxonomyTests
{
    [Fact]
    public void Table_ShouldHaveAtLeastFortyTypes_EachWithIdsAndAdvice()
    {
        Assert.True(TaxonomyTable.Default.Types.Count >= 40);
        Assert.All(TaxonomyTable.Default.Types, type =>
        {
            Assert.NotEmpty(type.Recommendation);
            Assert.NotEmpty(type.Cwe);
            Assert.NotEmpty(type.Evidence);
        });
    }

    [Theory]
    [InlineData("id: a\nname: A\nfix: F.\nterms: x", "is not 'words=weight'")]
    [InlineData("id: a\nname: A\nfix: F.\nterms: x=9", "is not 'words=weight'")]
    [InlineData("id: a\nfix: F.\nterms: x=1", "'name' is missing")]
    [InlineData("id: Not Kebab\nname: A\nfix: F.\nterms: x=1", "not in kebab case")]
    [InlineData("id: a\nname: A\nswc: SWC-999\nfix: F.\nterms: x=1", "'SWC-999' is no id")]
    [InlineData("id: a\nname: A\nfix: F.\nterms: x=1\n\nid: a\nname: A\nfix: F.\nterms: x=1", "stands there twice")]
    [InlineData("nonsense", "'field: value'")]
    public void BadTable_ShouldBeRefusedWithTheReason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => TaxonomyTable.Parse(text)).Message);
}
