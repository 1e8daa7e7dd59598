using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;
using AuditIntel.DevStack.Tests.Broker;
using Xunit.Sdk;

namespace AuditIntel.DevStack.Tests.Clients;

/// <summary>
/// The table of APIs in the room's README: what it announces is what the broker announces, and a client is named there exactly where one of its
/// scenarios declares the API. That the client then asks for it, each scenario sees for itself.
/// </summary>
public sealed class ReadmeApiTableTests
{
    [Fact]
    public async Task Table_ShouldGiveTheVersions_ThatTheBrokerAnnounces()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = new RawClient(broker.Port);
        var announced = client.Call<ApiVersionsRequest, ApiVersionsResponse>(ApiKey.ApiVersions, 3, new()).ApiKeys;
        Assert.Equal(
            announced.Select(api => $"{api.ApiKey} {(ApiKey)api.ApiKey} {api.MinVersion}–{api.MaxVersion}").Order(),
            ReadmeApiTable.Read().Select(row => $"{(short)row.Key} {row.Name} {row.Versions}").Order());
    }

    [Fact]
    public void Table_ShouldNameTheClients_WhoseScenariosAskForTheApi() => Assert.All(
        ReadmeApiTable.Read(),
        row => Assert.Equal(
            string.Join(", ", ClientScenarios.All.Where(scenario => scenario.Apis.Contains(row.Key)).Select(scenario => scenario.Client).Distinct()),
            row.CoveredBy));

    [Fact]
    public async Task Scenario_ShouldFail_WhenTheClientDidNotAskForWhatItDeclares()
    {
        var claim = new ClientScenario(ClientScenarios.Kcat, "claim", ApiKey.Metadata, ApiKey.DeleteTopics);
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => claim.RunAsync(
            (servers, _) => ClientProcess.RunAsync("kcat", ["-b", servers, "-X", $"client.id={ClientScenarios.Kcat}", "-L"])));
        Assert.StartsWith("kcat was to ask for DeleteTopics but did not; it asked for Metadata, ApiVersions.", failure.Message, StringComparison.Ordinal);
    }
}
