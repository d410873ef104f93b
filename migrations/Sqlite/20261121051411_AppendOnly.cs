using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>History is only added to, whoever writes: the triggers that EF's model cannot hold.</summary>
    /// <remarks>
    /// INSERT OR REPLACE deletes without firing a delete trigger, so inserts onto a taken key are refused as well.
    /// </remarks>
    public partial class AppendOnly : Migration
    {
        private static readonly (string Table, string Key)[] Tables =
        [
            ("StageMoves", "\"Id\" = NEW.\"Id\" OR (\"Version\" = NEW.\"Version\" AND \"Number\" = NEW.\"Number\")"),
            ("Datasets", "\"Id\" = NEW.\"Id\" OR \"Name\" = NEW.\"Name\""),
            ("Artifacts", "\"Digest\" = NEW.\"Digest\""),
            ("Evidence", "\"Id\" = NEW.\"Id\" OR \"Run\" = NEW.\"Run\""),
            ("SignOffs", "\"Id\" = NEW.\"Id\" OR (\"Version\" = NEW.\"Version\" AND \"Round\" = NEW.\"Round\" AND \"Person\" = NEW.\"Person\" AND \"Kind\" = NEW.\"Kind\" AND \"SeenEvidence\" = NEW.\"SeenEvidence\")"),
            ("VersionParents", "\"Child\" = NEW.\"Child\" AND \"Parent\" = NEW.\"Parent\""),
            ("Ledger", "\"Sequence\" = NEW.\"Sequence\""),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach ((string table, string key) in Tables)
            {
                migrationBuilder.Sql($"""
                    CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}"
                    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
                    """);
                migrationBuilder.Sql($"""
                    CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}"
                    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
                    """);
                migrationBuilder.Sql($"""
                    CREATE TRIGGER "{table}_no_replace" BEFORE INSERT ON "{table}"
                    WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {key})
                    BEGIN SELECT RAISE(ABORT, '{table} is append-only: UNIQUE key taken'); END;
                    """);
            }

            migrationBuilder.Sql("""
                CREATE TRIGGER "Ledger_no_gap" BEFORE INSERT ON "Ledger"
                WHEN NEW."Sequence" <> (SELECT COALESCE(MAX("Sequence") + 1, 0) FROM "Ledger")
                BEGIN SELECT RAISE(ABORT, 'Ledger has no gaps'); END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "Versions_fixed" BEFORE UPDATE OF
                "Id", "Model", "Number", "Digest", "Artifact", "Encoding", "Note", "Author", "RegisteredAt" ON "Versions"
                BEGIN SELECT RAISE(ABORT, 'What a version is never changes'); END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "Versions_no_delete" BEFORE DELETE ON "Versions"
                BEGIN SELECT RAISE(ABORT, 'Versions are kept'); END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "Models_no_delete" BEFORE DELETE ON "Models"
                BEGIN SELECT RAISE(ABORT, 'Models are kept'); END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER "PersonalTexts_no_update" BEFORE UPDATE ON "PersonalTexts"
                BEGIN SELECT RAISE(ABORT, 'A text is erased, never changed'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach ((string table, string _) in Tables)
            {
                migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_update\";");
                migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_delete\";");
                migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_replace\";");
            }

            foreach (string trigger in (string[])["Ledger_no_gap", "Versions_fixed", "Versions_no_delete", "Models_no_delete", "PersonalTexts_no_update"])
            {
                migrationBuilder.Sql($"DROP TRIGGER \"{trigger}\";");
            }
        }
    }
}
