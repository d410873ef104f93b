using System.Security.Cryptography;
using Governance.Audit.Serving;
using Governance.Registry.Deployments;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Audit.Tests.Serving;

public sealed class TrafficSplitTests
{
    private static readonly ModelId Model = ModelId.New();

    [Fact]
    public void Challengers_take_their_shares_and_the_champion_the_rest()
    {
        DeploymentView[] live = [View(DeploymentRole.Champion, 0.7, 1), View(DeploymentRole.Challenger, 0.1, 2), View(DeploymentRole.Challenger, 0.2, 3), View(DeploymentRole.Outside, 1, 4)];
        int[] counts = new int[5];

        for (int request = 0; request < 20_000; request++)
        {
            counts[TrafficSplit.Answering(live, Point(request))!.Number]++;
        }

        Assert.Equal([0, 14_000, 2_000, 4_000, 0], counts, (expected, actual) => Math.Abs(expected - actual) < 4 * Math.Sqrt(20_000 * 0.21));
        Assert.Equal([2, 2, 3, 3, 1], new[] { 0, 0.0999, 0.1, 0.2999, 0.3001 }.Select(point => TrafficSplit.Answering(live, point)!.Number));
    }

    [Fact]
    public void Shadows_get_their_share_of_copies_and_answer_nothing()
    {
        DeploymentView[] live = [View(DeploymentRole.Champion, 1, 1), View(DeploymentRole.Shadow, 0.25, 2), View(DeploymentRole.Shadow, 1, 3)];

        Assert.Equal([2, 3], TrafficSplit.Shadows(live, 0.2).Select(view => view.Number));
        Assert.Equal([3], TrafficSplit.Shadows(live, 0.25).Select(view => view.Number));
        Assert.All(Enumerable.Range(0, 100), request => Assert.Equal(1, TrafficSplit.Answering(live, Point(request))!.Number));
    }

    [Fact]
    public void Without_a_champion_what_lies_behind_the_challengers_shares_is_nobodys() =>
        Assert.Null(TrafficSplit.Answering([View(DeploymentRole.Challenger, 0.5, 1)], 0.5));

    [Fact]
    public void The_environment_is_the_one_named_the_only_one_or_production()
    {
        DeploymentView[] live = [View(DeploymentRole.Champion, 1, 1), View(DeploymentRole.Champion, 1, 2, "staging"), View(DeploymentRole.Shadow, 1, 3, "lab")];

        Assert.Null(TrafficSplit.Environment(live, null, out string? usual));
        Assert.Null(TrafficSplit.Environment(live, "staging", out string? named));
        Assert.Null(TrafficSplit.Environment(live[1..], null, out string? only));
        Assert.Equal(("production", "staging", "staging"), (usual, named, only));
        Assert.Contains("production, staging", TrafficSplit.Environment(live, "lab", out _)!.Sentence, StringComparison.Ordinal);
        Assert.Equal("not-deployed", TrafficSplit.Environment([], null, out _)!.Code);
    }

    private static double Point(int request) => TrafficSplit.Point(SHA256.HashData(BitConverter.GetBytes(request)));

    private static DeploymentView View(DeploymentRole role, double share, int number, string environment = "production")
    {
        DateTimeOffset at = DateTimeOffset.UnixEpoch.AddDays(number);
        return new DeploymentView(
            new Deployment(DeploymentId.New(), Model, ModelVersionId.New(), environment, role, share, at, null, null, at), null, "credit", number, Stage.Approved, "Otto", null);
    }
}
