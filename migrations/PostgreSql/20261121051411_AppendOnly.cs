using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>History is only added to, whoever writes: the triggers that EF's model cannot hold.</summary>
    public partial class AppendOnly : Migration
    {
        private static readonly string[] Tables =
            ["StageMoves", "Datasets", "Artifacts", "Evidence", "SignOffs", "VersionParents", "Ledger"];

        private static readonly string[] Fixed =
            ["Id", "Model", "Number", "Digest", "Artifact", "Encoding", "Note", "Author", "RegisteredAt"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE FUNCTION governance_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
                """);
            migrationBuilder.Sql("""
                CREATE FUNCTION governance_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW."Sequence" <> (SELECT COALESCE(MAX("Sequence") + 1, 0) FROM "Ledger") THEN
                        RAISE EXCEPTION 'Ledger has no gaps';
                    END IF;
                    RETURN NEW;
                END $$;
                """);
            foreach (string table in Tables)
            {
                migrationBuilder.Sql($"""
                    CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}"
                    FOR EACH ROW EXECUTE FUNCTION governance_append_only();
                    """);
                migrationBuilder.Sql($"""
                    CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}"
                    FOR EACH STATEMENT EXECUTE FUNCTION governance_append_only();
                    """);
            }

            migrationBuilder.Sql("""
                CREATE TRIGGER "Ledger_no_gap" BEFORE INSERT ON "Ledger"
                FOR EACH ROW EXECUTE FUNCTION governance_no_gap();
                """);
            string changed = string.Join(" OR ", System.Array.ConvertAll(Fixed, c => $"OLD.\"{c}\" IS DISTINCT FROM NEW.\"{c}\""));
            migrationBuilder.Sql($"""
                CREATE TRIGGER "Versions_fixed" BEFORE UPDATE ON "Versions"
                FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION governance_append_only();
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "Versions_no_delete" BEFORE DELETE ON "Versions"
                FOR EACH ROW EXECUTE FUNCTION governance_append_only();
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "Models_no_delete" BEFORE DELETE ON "Models"
                FOR EACH ROW EXECUTE FUNCTION governance_append_only();
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "PersonalTexts_no_update" BEFORE UPDATE ON "PersonalTexts"
                FOR EACH ROW EXECUTE FUNCTION governance_append_only();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (string table in Tables)
            {
                migrationBuilder.Sql($"DROP TRIGGER \"{table}_append_only\" ON \"{table}\";");
                migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_truncate\" ON \"{table}\";");
            }

            migrationBuilder.Sql("DROP TRIGGER \"Ledger_no_gap\" ON \"Ledger\";");
            migrationBuilder.Sql("DROP TRIGGER \"Versions_fixed\" ON \"Versions\";");
            migrationBuilder.Sql("DROP TRIGGER \"Versions_no_delete\" ON \"Versions\";");
            migrationBuilder.Sql("DROP TRIGGER \"Models_no_delete\" ON \"Models\";");
            migrationBuilder.Sql("DROP TRIGGER \"PersonalTexts_no_update\" ON \"PersonalTexts\";");
            migrationBuilder.Sql("DROP FUNCTION governance_append_only();");
            migrationBuilder.Sql("DROP FUNCTION governance_no_gap();");
        }
    }
}
