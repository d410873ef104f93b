using System.Globalization;
using AngleSharp.Html.Dom;
using Governance.Registry.Evidence;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.History;

[Collection(PortalTests.Name)]
public sealed class TimeMachineTests(SamplePortal portal)
{
    [Fact]
    public async Task The_history_of_a_version_is_seen_as_it_stood_before_and_after_each_recorded_step()
    {
        ModelVersionId version = await portal.VersionAsync("hmda_biased", 1);
        ModelVersion row;
        EvidenceRecord evidence;
        await using (GovernanceDb db = await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync())
        {
            row = await db.Versions.AsNoTracking().SingleAsync(each => each.Id == version);
            evidence = await db.Evidence.AsNoTracking().OrderBy(each => each.SealedAt).FirstAsync(each => each.Version == version);
        }

        using SignedInClient rita = await portal.SignInAsync("rita");
        IHtmlDocument before = await AtAsync(rita, row.RegisteredAt.AddSeconds(-2));
        IHtmlDocument bare = await AtAsync(rita, row.RegisteredAt + ((evidence.SealedAt - row.RegisteredAt) / 2));
        IHtmlDocument measured = await AtAsync(rita, evidence.SealedAt.AddSeconds(2));
        IHtmlDocument wrong = await rita.GetAsync("/models/hmda_biased/versions/1/history?at=yesterday");

        Assert.Contains("did not exist then", before.QuerySelector("#then")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("was draft", bare.QuerySelector("#then-head")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("none was sealed yet", bare.QuerySelector("#then dl")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(evidence.Findings.Hex[..8], measured.QuerySelector("#then dl")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("default", measured.QuerySelector("#then dl")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(wrong.QuerySelector("#then .note[role=alert]"));
    }

    private static Task<IHtmlDocument> AtAsync(SignedInClient client, DateTimeOffset at) =>
        client.GetAsync($"/models/hmda_biased/versions/1/history?at={at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}");
}
