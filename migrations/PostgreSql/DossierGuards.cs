using Microsoft.EntityFrameworkCore.Migrations;

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <summary>The triggers of the tables about dossiers and the register of findings.</summary>
    internal static class DossierGuards
    {
        public static void Add(MigrationBuilder builder)
        {
            foreach (string table in (string[])["SealedDossiers", "Attestations", "CaseReviews", "RegisterFindings", "RegisterSteps"])
            {
                Guards.AppendOnly(builder, table);
            }
        }
    }
}
