using System.Numerics;
using AuditIntel.Contracts;
using AuditIntel.Sinks.Tests.Stack;
using AuditIntel.Sinks.Transactions;

namespace AuditIntel.Sinks.Tests.Transactions;

public sealed class ChainRulesTests
{
    private static readonly ScoredTransaction Good = ChainSample.Transaction("a");

    public static TheoryData<object, string> Broken => new()
    {
        { Good with { Hash = "0x" + new string('A', 64) }, "hash" },
        { Good with { Hash = new string('a', 66) }, "hash" },
        { Good with { BlockHash = "" }, "blockHash" },
        { Good with { From = "0x" }, "from" },
        { Good with { To = "" }, "to" },
        { Good with { CreatedContract = "x" }, "createdContract" },
        { Good with { Selector = "0xa9059c" }, "selector" },
        { Good with { Timestamp = DateTimeOffset.UnixEpoch.AddTicks(-1) }, "timestamp" },
        { Good with { Timestamp = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) }, "timestamp" },
        { Good with { ChainId = -1 }, "chainId" },
        { Good with { BlockNumber = -1 }, "blockNumber" },
        { Good with { TransactionIndex = -1 }, "transactionIndex" },
        { Good with { Nonce = -1 }, "nonce" },
        { Good with { GasLimit = -1 }, "gasLimit" },
        { Good with { GasUsed = -1 }, "gasUsed" },
        { Good with { InputLength = -1 }, "inputLength" },
        { Good with { LogCount = -1 }, "logCount" },
        { Good with { Type = 40_000 }, "type" },
        { Good with { Value = BigInteger.Pow(10, 78) }, "value" },
        { Good with { Value = -1 }, "value" },
        { Good with { GasPrice = BigInteger.Pow(2, 300) }, "gasPrice" },
        { Good with { Score = double.NaN }, "score" },
        { Good with { Confidence = 1.01 }, "confidence" },
        { Good with { Severity = (AnomalySeverity)9 }, "severity" },
        { Good with { Status = (TransactionStatus)9 }, "status" },
        { Good with { ModelId = new string('é', 129) }, "modelId" },
        { Good with { Parts = [.. Enumerable.Repeat(Good.Parts[0], 17)] }, "parts" },
        { Good with { Parts = [new ScorePart { Name = new string('x', 65), Score = 0 }] }, "parts.name" },
        { Good with { Labels = [""] }, "labels" },
        { ChainSample.Anomaly("a") with { Id = "" }, "id" },
        { ChainSample.Anomaly("a") with { Address = "0x" }, "address" },
        { ChainSample.Anomaly("a") with { Kind = "" }, "kind" },
        { ChainSample.Anomaly("a") with { Score = 2 }, "score" },
        { ChainSample.Alert("a") with { RuleId = "" }, "ruleId" },
        { ChainSample.Alert("a") with { AnomalyId = "x" }, "anomalyId" },
        { ChainSample.Alert("a") with { Value = -5 }, "value" },
        { ChainSample.Model("1") with { Version = "" }, "version" },
        { ChainSample.Model("1") with { Artifact = [] }, "sha256" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Fault_ShouldNameTheField_WhenALimitIsBroken(object record, string field) => Assert.Contains($"Field {field} ", ChainRules.Fault(record));

    [Fact]
    public void Fault_ShouldBeNull_WhenRecordsKeepTheLimits()
    {
        Assert.Null(ChainRules.Fault(Good with { Timestamp = DateTimeOffset.UnixEpoch, Value = BigInteger.Pow(10, 78) - 1, Score = 1, Nonce = long.MaxValue }));
        Assert.Null(ChainRules.Fault(ChainSample.Anomaly("a")));
        Assert.Null(ChainRules.Fault(ChainSample.Alert("a")));
        Assert.Null(ChainRules.Fault(ChainSample.Model("1")));
    }
}
