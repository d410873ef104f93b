using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>Checkpoints and notes of their copies are written once; what a signing key is never changes, and it is retired once.</summary>
    internal static class CheckpointGuards
    {
        public static void Add(MigrationBuilder migrationBuilder)
        {
            Guards.AppendOnly(migrationBuilder, "Checkpoints", "\"Size\" = NEW.\"Size\"");
            Guards.AppendOnly(migrationBuilder, "CheckpointCopies", "\"Place\" = NEW.\"Place\" AND \"Size\" = NEW.\"Size\"");
            Guards.Kept(migrationBuilder, "SigningKeys");
            migrationBuilder.Sql("""
                CREATE TRIGGER "SigningKeys_fixed" BEFORE UPDATE OF "Fingerprint", "Pem", "Since" ON "SigningKeys"
                BEGIN SELECT RAISE(ABORT, 'SigningKeys: this never changes'); END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "SigningKeys_RetiredAt_once" BEFORE UPDATE OF "RetiredAt" ON "SigningKeys" WHEN OLD."RetiredAt" IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'SigningKeys: given once'); END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "SigningKeys_no_replace" BEFORE INSERT ON "SigningKeys"
                WHEN EXISTS (SELECT 1 FROM "SigningKeys" WHERE "Fingerprint" = NEW."Fingerprint")
                BEGIN SELECT RAISE(ABORT, 'SigningKeys are kept: UNIQUE key taken'); END;
                """);
        }
    }
}
