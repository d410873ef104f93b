using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>Checkpoints and notes of their copies are written once; what a signing key is never changes, and it is retired once.</summary>
    internal static class CheckpointGuards
    {
        public static void Add(MigrationBuilder migrationBuilder)
        {
            Guards.AppendOnly(migrationBuilder, "Checkpoints");
            Guards.AppendOnly(migrationBuilder, "CheckpointCopies");
            Guards.Kept(migrationBuilder, "SigningKeys");
            migrationBuilder.Sql("""
                CREATE TRIGGER "SigningKeys_fixed" BEFORE UPDATE ON "SigningKeys" FOR EACH ROW
                WHEN (OLD."Fingerprint" IS DISTINCT FROM NEW."Fingerprint" OR OLD."Pem" IS DISTINCT FROM NEW."Pem"
                    OR OLD."Since" IS DISTINCT FROM NEW."Since" OR (OLD."RetiredAt" IS NOT NULL AND OLD."RetiredAt" IS DISTINCT FROM NEW."RetiredAt"))
                EXECUTE FUNCTION governance_append_only();
                """);
        }
    }
}
