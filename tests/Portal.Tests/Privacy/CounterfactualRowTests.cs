using System.Text.Json.Nodes;
using Governance.Portal.Tests.Answers;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Privacy;

/// <summary>Real rows in counterfactuals of the API: masked and written down like all others.</summary>
[Collection(AnswerTests.Name)]
public sealed class CounterfactualRowTests(AnswerPortal portal)
{
    [Fact]
    public async Task A_column_marked_personal_is_masked_at_once_even_in_an_answer_that_was_computed_before_and_each_look_is_written_down()
    {
        using SignedInClient dora = await portal.SignInAsync("dora");
        JsonObject row = portal.Row(9);
        (_, JsonNode open, _) = await AnswerPortal.AskAsync(dora, "trees", "counterfactual", [row.DeepClone()], target: "yes");
        JsonNode before = open["outputs"]![0]!["counterfactual"]!;
        string column = (string)before["changes"]![0]!["column"]!;
        Assert.Equal("row", (string?)before["source"]);

        Assert.IsNotType<PrivacyOutcome.NotFound>(await portal.Server.Services.GetRequiredService<MarkColumn>().RunAsync(
            Actor.Person(portal["dev"]), "hmda-train", column, ColumnMarkKind.Personal, default));
        (_, JsonNode masked, _) = await AnswerPortal.AskAsync(dora, "trees", "counterfactual", [row.DeepClone()], target: "yes");
        JsonNode after = masked["outputs"]![0]!["counterfactual"]!;

        Assert.Equal(0, (int)masked["units"]!); // the same answer, free
        Assert.DoesNotContain(column, after["changes"]!.AsArray().Select(change => (string?)change!["column"]));
        Assert.Contains(column, after["masked"]!.AsArray().Select(name => (string?)name));
        RowRead[] reads = await ReadsAsync();
        Assert.Equal(2, reads.Length);
        Assert.All(reads, read => Assert.Equal((ReadPurpose.Api, ReadKind.Counterfactual, 1, false), (read.Purpose, read.Kind, read.Rows, read.Unmasked)));
    }

    [Fact]
    public async Task A_prototype_is_nobodys_row_and_no_look()
    {
        using SignedInClient cami = await portal.SignInAsync("cami");

        await AnswerPortal.AskAsync(cami, "trees", "counterfactual", [portal.Row(11)], target: "yes");

        await using GovernanceDb db = await DbAsync();
        Assert.False(await db.RowReads.AnyAsync(read => read.Person == portal["cami"]));
    }

    private async Task<RowRead[]> ReadsAsync()
    {
        await using GovernanceDb db = await DbAsync();
        return await db.RowReads.AsNoTracking().Where(read => read.Person == portal["dora"] && read.Kind == ReadKind.Counterfactual).ToArrayAsync();
    }

    private Task<GovernanceDb> DbAsync() => portal.Server.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
}
