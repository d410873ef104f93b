using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>What a token or a link says never changes; a secret and an end are given once. See AppendOnly.</summary>
    internal static class ProgramsGuards
    {
        public static void Add(MigrationBuilder migrationBuilder)
        {
            Add(migrationBuilder, "Tokens",
                "\"Id\", \"Account\", \"Name\", \"Scopes\", \"Models\", \"Networks\", \"IssuedBy\", \"IssuedAt\", \"ExpiresAt\"",
                ["Secret", "Hint", "RevokedAt"], "\"Id\" = NEW.\"Id\" OR \"Secret\" = NEW.\"Secret\"");
            Add(migrationBuilder, "ExternalLogins",
                "\"Id\", \"User\", \"Issuer\", \"Who\", \"LinkedBy\", \"LinkedAt\"",
                ["EndedAt"], "\"Id\" = NEW.\"Id\" OR (\"Who\" = NEW.\"Who\" AND \"EndedAt\" IS NULL AND NEW.\"EndedAt\" IS NULL)");
        }

        private static void Add(MigrationBuilder migrationBuilder, string table, string always, string[] once, string key)
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_fixed\" BEFORE UPDATE OF {always} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table}: this never changes'); END;");
            foreach (string column in once)
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{table}_{column}_once\" BEFORE UPDATE OF \"{column}\" ON \"{table}\" WHEN OLD.\"{column}\" IS NOT NULL BEGIN SELECT RAISE(ABORT, '{table}: given once'); END;");
            }

            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_delete\" BEFORE DELETE ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} are kept'); END;");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_replace\" BEFORE INSERT ON \"{table}\" WHEN EXISTS (SELECT 1 FROM \"{table}\" WHERE {key}) BEGIN SELECT RAISE(ABORT, '{table} are kept: UNIQUE key taken'); END;");
        }
    }
}
