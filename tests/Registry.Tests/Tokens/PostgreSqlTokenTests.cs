using Governance.Registry.Access;
using Governance.Registry.ExternalSignIn;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Governance.Registry.Tests.Tokens;

/// <summary>Tokens and links on PostgreSQL, and its guards of them. See <see cref="Storage.PostgreSqlTests"/> for what it needs.</summary>
public sealed class PostgreSqlTokenTests
{
    [SkippableFact]
    public async Task Tokens_are_issued_used_revoked_and_guarded()
    {
        string? server = Environment.GetEnvironmentVariable("GOVERNANCE_POSTGRESQL");
        Skip.If(string.IsNullOrEmpty(server), "No PostgreSQL server: set GOVERNANCE_POSTGRESQL.");
        await using Given given = await Given.RegistryOnAsync($"{server};Database=test_{Guid.CreateVersion7():n};Pooling=false");
        await using GovernanceDb db = given.Db();
        try
        {
            IssueTokenOutcome.Issued issued = Assert.IsType<IssueTokenOutcome.Issued>(await given.Get<IssueToken>().RunAsync(
                Actor.System, new NewToken(given.Developer, "job", [TokenScope.Read]) { Networks = ["10.0.0.0/8"] }, default));
            Assert.IsType<FindTokenOutcome.Found>(await given.Get<FindToken>().RunAsync(issued.Text, System.Net.IPAddress.Parse("10.1.1.1"), default));
            await given.Get<NoteTokenUse>().RunAsync(issued.Token.Id, default);
            Assert.NotNull(Assert.Single(await given.Get<TokenQueries>().OfAsync(given.Developer, default)).UsedAt);
            Assert.IsType<RevokeTokenOutcome.Revoked>(await given.Get<RevokeToken>().RunAsync(Actor.Person(given.Developer), issued.Token.Id, default));
            ExternalIdentity lena = new("https://id.example.test", "u1", new HashSet<Role> { Role.Reviewer }) { UserName = "lena" };
            for (int visit = 0; visit < 2; visit++)
            {
                Assert.IsType<ExternalSignInOutcome.Admitted>(await given.Get<RecordExternalSignIn>().RunAsync(lena, provision: true, default));
            }

            Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
            foreach (string attack in (string[])
                [
                    "UPDATE \"Tokens\" SET \"RevokedAt\" = NULL", "UPDATE \"Tokens\" SET \"Scopes\" = 'Read Predict'",
                    "UPDATE \"Tokens\" SET \"Secret\" = 'x'", "DELETE FROM \"TokenUses\"; DELETE FROM \"Tokens\"", "TRUNCATE \"Tokens\" CASCADE",
                    "UPDATE \"ExternalLogins\" SET \"Who\" = 'x'", "DELETE FROM \"ExternalLogins\"",
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
