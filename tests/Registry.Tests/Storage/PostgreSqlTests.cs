using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Governance.Registry.Tests.Storage;

/// <summary>
/// The journey and the guards on PostgreSQL. Needs a server: GOVERNANCE_POSTGRESQL holds a connection string without a
/// database, whose user may create one; skipped, visibly, without it.
/// </summary>
public sealed class PostgreSqlTests
{
    [SkippableFact]
    public async Task A_version_is_signed_off_and_history_is_guarded()
    {
        string? server = Environment.GetEnvironmentVariable("GOVERNANCE_POSTGRESQL");
        Skip.If(string.IsNullOrEmpty(server), "No PostgreSQL server: set GOVERNANCE_POSTGRESQL.");
        await using Given given = await Given.RegistryOnAsync($"{server};Database=test_{Guid.CreateVersion7():n};Pooling=false");
        await using GovernanceDb db = given.Db();
        try
        {
            Assert.False(db.Database.HasPendingModelChanges());
            ModelVersion version = await given.InReviewAsync();
            Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
            SignOffOutcome[] both = await Task.WhenAll(
                given.DecideAsync(given.Approver, version), given.DecideAsync(given.SecondApprover, version));

            Assert.Single(both.OfType<SignOffOutcome.Recorded>());
            Assert.Equal(Stage.Approved, await given.StageOfAsync(version));
            Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
            Assert.NotNull(await given.Get<VersionQueries>().FindAsync(given.Auditor, "credit", 1, default));
            foreach (string attack in (string[])
                [
                    "UPDATE \"Ledger\" SET \"Leaf\" = ''", "DELETE FROM \"Ledger\"", "TRUNCATE \"Ledger\"",
                    "UPDATE \"SignOffs\" SET \"Verdict\" = 'Reject'", "DELETE FROM \"Versions\"",
                    "UPDATE \"Versions\" SET \"Note\" = 'x'", "UPDATE \"PersonalTexts\" SET \"Text\" = 'x'",
                ])
            {
                await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync(attack));
            }
        }
        finally
        {
            await db.Database.EnsureDeletedAsync();
        }
    }
}
