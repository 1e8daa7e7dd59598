using AuditIntel.Contracts;
using AuditIntel.Intelligence.Taxonomy;

namespace AuditIntel.Intelligence.Tests;

public sealed class RuleClassifierTests
{
    private static readonly RuleClassifier Classifier = new();

    [Theory]
    [InlineData("reentrancy", "Reentrancy in withdraw", "The balance changes after the external call.")]
    [InlineData("access-control", "Anyone can call setOwner", "The function lacks access control.")]
    [InlineData("tx-origin", "tx.origin is compared with the owner", "Phishing contracts pass the check.")]
    [InlineData("delegatecall", "Delegatecall to a user's address", "The target of delegatecall is not checked.")]
    [InlineData("signature-replay", "Signature can be replayed", "There is no nonce in the digest.")]
    [InlineData("oracle-stale-price", "Stale price is accepted", "latestRoundData is read without updatedAt.")]
    [InlineData("price-manipulation", "Price manipulation through the spot price", "getReserves moves with a flash loan.")]
    [InlineData("share-inflation", "First depositor inflates the shares", "A donation attack on the ERC4626 vault.")]
    [InlineData("slippage", "No slippage protection in harvest", "amountOutMin is zero.")]
    [InlineData("integer-overflow", "Underflow in unchecked block", "The subtraction wraps around.")]
    [InlineData("unsafe-cast", "Unsafe downcast truncates", "Use SafeCast for uint128.")]
    [InlineData("rounding", "Division before multiplication loses precision", "The result rounds to zero.")]
    [InlineData("liquidation", "Liquidation of healthy positions", "The health factor is wrong.")]
    [InlineData("unchecked-return-value", "Return value of transfer is ignored", "Use SafeERC20.")]
    [InlineData("non-standard-token", "Fee-on-transfer tokens are not supported", "Rebasing tokens neither.")]
    [InlineData("gas-limit", "Unbounded loop", "The block gas limit is reached.")]
    [InlineData("weak-randomness", "Predictable random number", "It comes from blockhash.")]
    [InlineData("centralization", "Centralization risk", "A malicious owner can rug.")]
    [InlineData("governance", "Double voting", "Voting power is not taken from a snapshot.")]
    [InlineData("bridge-message", "Cross-chain message is executed twice", "The relayer of the bridge is trusted.")]
    [InlineData("merkle-proof", "Merkle proof is not bound to the claimant", "The leaf lacks the address.")]
    [InlineData("storage-collision", "Storage collision after an upgrade", "There is no __gap.")]
    [InlineData("floating-pragma", "Floating pragma", "Pin the compiler version.")]
    [InlineData("missing-event", "Missing event in setFee", "It emits no event.")]
    [InlineData("ownership-transfer", "Single-step transferOwnership", "Use Ownable2Step.")]
    [InlineData("frozen-funds", "Tokens are stuck", "They are permanently locked.")]
    public void Finding_ShouldGetItsType(string expected, string title, string body)
    {
        TypeVerdict verdict = Classifier.Classify(title, body, Severity.High);
        Assert.Equal(expected, verdict.Type?.Id);
        Assert.InRange(verdict.Confidence, 0.05, 1);
        Assert.NotEmpty(verdict.Evidence);
    }

    [Fact]
    public void Finding_ShouldHaveNoType_WhenNothingSpeaksForOne() =>
        Assert.Null(Classifier.Classify("Minutes of a meeting", "We had coffee and talked about the weather.", Severity.Unknown).Type);

    [Fact]
    public void GasFinding_ShouldBeOne_WhateverItMentions() =>
        Assert.Equal("gas-optimization", Classifier.Classify("Cache the owner", "No access control is touched.", Severity.Gas).Type!.Id);

    [Fact]
    public void Term_ShouldCountOnWordBoundariesOnly() =>
        Assert.Null(Classifier.Classify("Predeadlined", "A word within a word, as in predeadlined, is none.", Severity.Low).Type);

    [Fact]
    public void Classification_ShouldStayFast_OnFiveMegabytes()
    {
        string body = string.Concat(Enumerable.Repeat("a reentrant call before the unchecked transfer of tokens ", 90_000));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.NotNull(Classifier.Classify("Long", body, Severity.High).Type);
        Assert.False(deadline.IsCancellationRequested);
    }
}
