using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Ledger;

public sealed class VerifyLedgerTests
{
    [DatabaseFact]
    public async Task An_untouched_ledger_holds_and_its_root_is_that_of_its_leaves()
    {
        await using Given given = await ApprovedAsync();

        LedgerVerdict.Holds holds = Assert.IsType<LedgerVerdict.Holds>(await VerifyAsync(given));

        await using GovernanceDb db = given.Db();
        List<string> leaves = await db.Ledger.OrderBy(entry => entry.Sequence).Select(entry => entry.Leaf).ToListAsync();
        MerkleTree tree = new();
        leaves.ForEach(leaf => tree.Append(MerkleTree.HashLeaf(System.Text.Encoding.UTF8.GetBytes(leaf))));
        Assert.Equal(Convert.ToHexStringLower(tree.Root()), holds.Root);
        Assert.Equal(leaves.Count, holds.Size);
        Assert.Equal(new LedgerHead(holds.Size, holds.Root, given.Clock.Now.AddTicks(-7)), await given.Get<LedgerQueries>().HeadAsync(default));
    }

    // One row each of what a database administrator might do once the triggers are dropped.
    [DatabaseTheory]
    [InlineData("UPDATE Ledger SET Leaf = replace(Leaf, 'sign-off.decided', 'sign-off.reviewed')", LedgerFaultKind.Hash)]
    [InlineData("UPDATE Ledger SET Leaf = ' ' || Leaf WHERE Sequence = 3", LedgerFaultKind.Form)]
    [InlineData("UPDATE Ledger SET Leaf = '{}' WHERE Sequence = 3", LedgerFaultKind.Form)]
    [InlineData("UPDATE Ledger SET Hash = replace(Hash, substr(Hash, 1, 1), CASE substr(Hash, 1, 1) WHEN '0' THEN '1' ELSE '0' END) WHERE Sequence = 3", LedgerFaultKind.Hash)]
    [InlineData("DELETE FROM Ledger WHERE Sequence = 3", LedgerFaultKind.Gap)]
    [InlineData("DELETE FROM Ledger WHERE Sequence = 0", LedgerFaultKind.Gap)]
    [InlineData("UPDATE Ledger SET Actor = 'system' WHERE Action = 'sign-off.decided'", LedgerFaultKind.Columns)]
    [InlineData("UPDATE Ledger SET ScopeId = NULL WHERE Action = 'sign-off.decided'", LedgerFaultKind.Columns)]
    [InlineData("UPDATE Ledger SET At = At - 1 WHERE Sequence = 3", LedgerFaultKind.Columns)]
    [InlineData("UPDATE SignOffs SET Verdict = 'Reject' WHERE Kind = 'Decision'", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE SignOffs SET Verdict = 'Perhaps' WHERE Kind = 'Decision'", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE SignOffs SET Person = (SELECT Person FROM SignOffs WHERE Kind = 'Review') WHERE Kind = 'Decision'", LedgerFaultKind.FactChanged)]
    [InlineData("DELETE FROM SignOffs WHERE Kind = 'Review'", LedgerFaultKind.FactMissing)]
    [InlineData("UPDATE Evidence SET Breaches = 7", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Evidence SET Findings = RunRecord", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Versions SET Artifact = Encoding", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Versions SET Note = NULL", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Versions SET Stage = 'Retired'", LedgerFaultKind.Stage)]
    [InlineData("UPDATE Versions SET Round = 2", LedgerFaultKind.Stage)]
    [InlineData("UPDATE Versions SET SubmittedBy = NULL", LedgerFaultKind.Stage)]
    [InlineData("UPDATE StageMoves SET At = At + 1", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Artifacts SET Length = 1", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Models SET Tier = 'Low'", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Runs SET Spec = '{}'", LedgerFaultKind.FactChanged)]
    [InlineData("UPDATE Grants SET RevokedAt = GrantedAt", LedgerFaultKind.FactChanged)]
    [InlineData("DELETE FROM AspNetUserRoles", LedgerFaultKind.FactChanged)]
    [InlineData("INSERT INTO AspNetUserRoles SELECT u.Id, r.Id FROM AspNetUsers u, AspNetRoles r WHERE u.UserName = 'dev' AND r.Name = 'Approver'", LedgerFaultKind.FactChanged)]
    [InlineData("INSERT INTO Grants (Id, User, Model, Explanations, PersonalRows, Stages, GrantedAt, Revision) SELECT '00000000-0000-0000-0000-000000000001', User, Model, true, true, '', GrantedAt, 0 FROM Grants LIMIT 1", LedgerFaultKind.FactUnknown)]
    [InlineData("UPDATE PersonalTexts SET Text = 'I never agreed.'", LedgerFaultKind.Text)]
    public async Task A_tampered_row_is_found(string sql, LedgerFaultKind kind)
    {
        await using Given given = await ApprovedAsync();
        given.DropTriggers();

        given.Sql(sql);

        Assert.Equal(kind, Assert.IsType<LedgerVerdict.Broken>(await VerifyAsync(given)).Fault.Kind);
    }

    [DatabaseFact]
    public async Task Two_entries_swapped_are_found()
    {
        await using Given given = await ApprovedAsync();
        given.DropTriggers();

        given.Sql("UPDATE Ledger SET Sequence = -1 WHERE Sequence = 4; UPDATE Ledger SET Sequence = 4 WHERE Sequence = 5; UPDATE Ledger SET Sequence = 5 WHERE Sequence = -1;");

        LedgerFault fault = Assert.IsType<LedgerVerdict.Broken>(await VerifyAsync(given)).Fault;
        Assert.Equal((LedgerFaultKind.Columns, 4), (fault.Kind, fault.Sequence));
    }

    [DatabaseFact]
    public async Task A_text_erased_on_request_is_no_fault_and_is_counted()
    {
        await using Given given = await ApprovedAsync();

        given.Sql("DELETE FROM PersonalTexts");

        Assert.Equal(3, Assert.IsType<LedgerVerdict.Holds>(await VerifyAsync(given)).ErasedTexts);
    }

    [DatabaseFact]
    public async Task A_clock_set_back_does_not_turn_the_ledger_round()
    {
        await using Given given = await Given.RegistryAsync();
        given.Clock.Now = given.Clock.Now.AddHours(-3);

        await given.ModelAsync();

        Assert.IsType<LedgerVerdict.Holds>(await VerifyAsync(given));
    }

    [DatabaseFact]
    public async Task A_thousand_entries_verify_well_within_their_time()
    {
        await using Given given = await Given.RegistryAsync();
        for (int i = 0; i < 10; i++)
        {
            await given.Get<AppendGate>().RunAsync(Actor.System, change =>
            {
                for (int j = 0; j < 100; j++)
                {
                    change.Write(new LedgerSubject("note", $"{j}"), "note.taken", null, null, null);
                }

                return Task.FromResult(true);
            }, default);
        }

        long begun = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.IsType<LedgerVerdict.Holds>(await VerifyAsync(given));

        // 100,000 entries shall take under 10 s: 0.1 ms each, with a factor of ten for a machine that does other things.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(1));
    }

    private static async Task<Given> ApprovedAsync()
    {
        Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));
        return given;
    }

    private static Task<LedgerVerdict> VerifyAsync(Given given) => given.Get<VerifyLedger>().RunAsync(default);
}
