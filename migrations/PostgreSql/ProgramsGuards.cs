using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>What a token or a link says never changes; a secret and an end are given once. See AppendOnly.</summary>
    internal static class ProgramsGuards
    {
        public static void Add(MigrationBuilder migrationBuilder)
        {
            Add(migrationBuilder, "Tokens",
                ["Id", "Account", "Name", "Scopes", "Models", "Networks", "IssuedBy", "IssuedAt", "ExpiresAt"], ["Secret", "Hint", "RevokedAt"]);
            Add(migrationBuilder, "ExternalLogins", ["Id", "User", "Issuer", "Who", "LinkedBy", "LinkedAt"], ["EndedAt"]);
        }

        private static void Add(MigrationBuilder migrationBuilder, string table, string[] always, string[] once)
        {
            string changed = string.Join(" OR ",
            [
                .. Array.ConvertAll(always, c => $"OLD.\"{c}\" IS DISTINCT FROM NEW.\"{c}\""),
                .. Array.ConvertAll(once, c => $"(OLD.\"{c}\" IS NOT NULL AND OLD.\"{c}\" IS DISTINCT FROM NEW.\"{c}\")"),
            ]);
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_fixed\" BEFORE UPDATE ON \"{table}\" FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION governance_append_only();");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_delete\" BEFORE DELETE ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION governance_append_only();");
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_truncate\" BEFORE TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION governance_append_only();");
        }
    }
}
