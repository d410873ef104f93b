using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Storage;

public sealed class AppendOnlyTests
{
    [DatabaseTheory]
    [InlineData("UPDATE Ledger SET Leaf = ''")]
    [InlineData("DELETE FROM Ledger")]
    [InlineData("INSERT OR REPLACE INTO Ledger SELECT Sequence, 'x', Hash, At, Actor, Action, SubjectKind, SubjectId, ScopeKind, ScopeId FROM Ledger WHERE Sequence = 1")]
    [InlineData("INSERT INTO Ledger SELECT Sequence + 1000, Leaf, Hash, At, Actor, Action, SubjectKind, SubjectId, ScopeKind, ScopeId FROM Ledger WHERE Sequence = 1")]
    [InlineData("UPDATE SignOffs SET Verdict = 'Reject'")]
    [InlineData("DELETE FROM SignOffs")]
    [InlineData("UPDATE OR REPLACE SignOffs SET Verdict = 'Reject'")]
    [InlineData("UPDATE Evidence SET Breaches = 0")]
    [InlineData("DELETE FROM Evidence")]
    [InlineData("UPDATE StageMoves SET At = 0")]
    [InlineData("DELETE FROM StageMoves")]
    [InlineData("UPDATE Artifacts SET Length = 0")]
    [InlineData("UPDATE Versions SET Artifact = Encoding")]
    [InlineData("UPDATE Versions SET Author = Id")]
    [InlineData("DELETE FROM Versions")]
    [InlineData("DELETE FROM Models")]
    [InlineData("UPDATE PersonalTexts SET Text = 'No.'")]
    public async Task A_trigger_stops_what_bypasses_our_code(string sql)
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));

        given.AssertGuarded(sql);

        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task The_interceptor_stops_our_own_code_sync_and_async()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.InReviewAsync();
        await using GovernanceDb db = given.Db();
        EvidenceRecord evidence = await db.Evidence.SingleAsync(row => row.Version == version.Id);

        db.Remove(evidence);

        Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }
}
