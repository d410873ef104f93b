using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.Sqlite
{
    /// <summary>The triggers of the tables about dossiers and the register of findings.</summary>
    internal static class DossierGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            Guards.AppendOnly(builder, "SealedDossiers", "\"SignOff\" = NEW.\"SignOff\"");
            Guards.AppendOnly(builder, "Attestations", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(
                builder, "CaseReviews",
                "\"Id\" = NEW.\"Id\" OR (\"Version\" = NEW.\"Version\" AND \"Round\" = NEW.\"Round\" AND \"By\" = NEW.\"By\" AND \"Data\" = NEW.\"Data\" AND \"Row\" = NEW.\"Row\")");
            Guards.AppendOnly(builder, "RegisterFindings", "\"Id\" = NEW.\"Id\"");
            Guards.AppendOnly(builder, "RegisterSteps", "\"Id\" = NEW.\"Id\" OR (\"Finding\" = NEW.\"Finding\" AND \"Number\" = NEW.\"Number\")");
        }
    }
}
