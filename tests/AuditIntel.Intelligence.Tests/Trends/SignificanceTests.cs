using AuditIntel.Intelligence.Trends;

namespace AuditIntel.Intelligence.Tests.Trends;

public sealed class SignificanceTests
{
    /// <summary>Values of scipy 1.10.1: binomtest(count, count + other, 0.5).pvalue.</summary>
    [Theory]
    [InlineData(5, 0, 0.0625)]
    [InlineData(7, 1, 0.0703125)]
    [InlineData(12, 3, 0.03515625)]
    [InlineData(30, 12, 0.007915897334896727)]
    [InlineData(9, 9, 1.0)]
    [InlineData(0, 1, 1.0)]
    [InlineData(100, 60, 0.001953728034064355)]
    [InlineData(1000, 900, 0.0231088451089012)]
    [InlineData(300, 200, 8.940066542253288e-06)]
    [InlineData(50000, 49000, 0.0014980826229750027)]
    public void RateTest_ShouldGiveWhatScipyGives(long count, long other, double expected)
    {
        Assert.Equal(expected, RateTest.TwoSided(count, other), expected * 1e-9);
        Assert.Equal(RateTest.TwoSided(count, other), RateTest.TwoSided(other, count));
    }

    [Fact]
    public void RateTest_ShouldStayAProbability_HoweverFarApartTheCountsAre()
    {
        Assert.Equal(1, RateTest.TwoSided(0, 0));
        Assert.InRange(RateTest.TwoSided(1_000_000, 0), 0, 1e-300);
        Assert.Throws<ArgumentOutOfRangeException>(() => RateTest.TwoSided(-1, 2));
    }

    /// <summary>By hand from the paper's step-up rule, as R's p.adjust(method = "BH") gives it.</summary>
    [Fact]
    public void Adjustment_ShouldBeBenjaminiAndHochbergs()
    {
        Assert.Equal([0.02, 0.04, 0.04, 0.02], FalseDiscoveries.Adjust([0.01, 0.04, 0.03, 0.005]));
        Assert.Equal([0.9], FalseDiscoveries.Adjust([0.9]));
        Assert.Empty(FalseDiscoveries.Adjust([]));
    }
}
