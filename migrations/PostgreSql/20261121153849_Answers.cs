using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Answers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AnswerSecrets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    Sealed = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnswerSecrets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AnswerUses",
                columns: table => new
                {
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Holder = table.Column<Guid>(type: "uuid", nullable: false),
                    Hour = table.Column<long>(type: "bigint", nullable: false),
                    Units = table.Column<long>(type: "bigint", nullable: false),
                    Disclosing = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnswerUses", x => new { x.Model, x.Kind, x.Holder, x.Hour });
                });

            migrationBuilder.CreateTable(
                name: "AnsweredQueries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Principal = table.Column<Guid>(type: "uuid", nullable: false),
                    Token = table.Column<Guid>(type: "uuid", nullable: true),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Form = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Digest = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Units = table.Column<int>(type: "integer", nullable: false),
                    Micros = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnsweredQueries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BudgetChoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Principal = table.Column<Guid>(type: "uuid", nullable: false),
                    DayUnits = table.Column<long>(type: "bigint", nullable: true),
                    LifetimeUnits = table.Column<long>(type: "bigint", nullable: true),
                    DisclosingUnits = table.Column<long>(type: "bigint", nullable: true),
                    OwnWindow = table.Column<bool>(type: "boolean", nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ChosenBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ChosenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BudgetChoices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BudgetChoices_Models_Model",
                        column: x => x.Model,
                        principalTable: "Models",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OutputPolicyChoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Policy = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    Reference = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ChosenBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ChosenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutputPolicyChoices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OutputPolicyChoices_Models_Model",
                        column: x => x.Model,
                        principalTable: "Models",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ThrottleChoices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Model = table.Column<Guid>(type: "uuid", nullable: false),
                    Throttle = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ChosenBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ChosenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ThrottleChoices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ThrottleChoices_Models_Model",
                        column: x => x.Model,
                        principalTable: "Models",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AnsweredQueries_Digest",
                table: "AnsweredQueries",
                column: "Digest");

            migrationBuilder.CreateIndex(
                name: "IX_AnsweredQueries_Model_At",
                table: "AnsweredQueries",
                columns: new[] { "Model", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AnsweredQueries_Principal_Version_At",
                table: "AnsweredQueries",
                columns: new[] { "Principal", "Version", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_BudgetChoices_Model_Principal",
                table: "BudgetChoices",
                columns: new[] { "Model", "Principal" });

            migrationBuilder.CreateIndex(
                name: "IX_OutputPolicyChoices_Model",
                table: "OutputPolicyChoices",
                column: "Model");

            migrationBuilder.CreateIndex(
                name: "IX_ThrottleChoices_Model",
                table: "ThrottleChoices",
                column: "Model");

            Guards.AppendOnly(migrationBuilder, "BudgetChoices");
            Guards.AppendOnly(migrationBuilder, "ThrottleChoices");
            Guards.AppendOnly(migrationBuilder, "OutputPolicyChoices");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AnswerSecrets");

            migrationBuilder.DropTable(
                name: "AnswerUses");

            migrationBuilder.DropTable(
                name: "AnsweredQueries");

            migrationBuilder.DropTable(
                name: "BudgetChoices");

            migrationBuilder.DropTable(
                name: "OutputPolicyChoices");

            migrationBuilder.DropTable(
                name: "ThrottleChoices");
        }
    }
}
