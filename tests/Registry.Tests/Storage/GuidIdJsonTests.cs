using System.Text.Json;
using Governance.Registry.Deployments;
using Governance.Registry.Storage;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Storage;

public sealed class GuidIdJsonTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new GuidIdJson() } };

    [Fact]
    public void Ids_are_their_uuids_and_read_back_missing_ones_too()
    {
        Two two = new(DeploymentId.New(), null);

        string json = JsonSerializer.Serialize(two, Options);

        Assert.Equal($$"""{"First":"{{two.First.Value}}","Second":null}""", json);
        Assert.Equal(two, JsonSerializer.Deserialize<Two>(json, Options));
        Assert.All(GuidIds.All, type => Assert.Equal(
            $"\"{Guid.Empty}\"", JsonSerializer.Serialize(Activator.CreateInstance(type), type, Options)));
    }

    private sealed record Two(DeploymentId First, ModelVersionId? Second);
}
