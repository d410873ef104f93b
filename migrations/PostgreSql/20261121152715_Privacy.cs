using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Privacy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ColumnMarks",
                columns: table => new
                {
                    Dataset = table.Column<Guid>(type: "uuid", nullable: false),
                    Column = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    MarkedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    MarkedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ColumnMarks", x => new { x.Dataset, x.Column, x.Kind });
                    table.ForeignKey(
                        name: "FK_ColumnMarks_Datasets_Dataset",
                        column: x => x.Dataset,
                        principalTable: "Datasets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PrivacyKeys",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Artifact = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PrivacyKeys", x => x.Number);
                    table.ForeignKey(
                        name: "FK_PrivacyKeys_Artifacts_Artifact",
                        column: x => x.Artifact,
                        principalTable: "Artifacts",
                        principalColumn: "Digest",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RowReads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: true),
                    Dataset = table.Column<Guid>(type: "uuid", nullable: false),
                    Rows = table.Column<int>(type: "integer", nullable: false),
                    Row = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Purpose = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Unmasked = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RowReads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ShownCohorts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Dataset = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Where = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ShownCohorts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SubjectRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    RequestedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestedAt = table.Column<long>(type: "bigint", nullable: false),
                    CarriedOutBy = table.Column<Guid>(type: "uuid", nullable: true),
                    CarriedOutAt = table.Column<long>(type: "bigint", nullable: true),
                    Revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SubjectRequests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WhatIfSessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Person = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    Dataset = table.Column<Guid>(type: "uuid", nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    BegunAt = table.Column<long>(type: "bigint", nullable: false),
                    Edits = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatIfSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SubjectErasures",
                columns: table => new
                {
                    Request = table.Column<Guid>(type: "uuid", nullable: false),
                    Dataset = table.Column<Guid>(type: "uuid", nullable: false),
                    Replacement = table.Column<Guid>(type: "uuid", nullable: true),
                    Rows = table.Column<long>(type: "bigint", nullable: false),
                    ErasedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SubjectErasures", x => new { x.Request, x.Dataset });
                    table.ForeignKey(
                        name: "FK_SubjectErasures_Datasets_Dataset",
                        column: x => x.Dataset,
                        principalTable: "Datasets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SubjectErasures_SubjectRequests_Request",
                        column: x => x.Request,
                        principalTable: "SubjectRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WhatIfEdits",
                columns: table => new
                {
                    Session = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Cells = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    Answer = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    Undone = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatIfEdits", x => new { x.Session, x.Number });
                    table.ForeignKey(
                        name: "FK_WhatIfEdits_WhatIfSessions_Session",
                        column: x => x.Session,
                        principalTable: "WhatIfSessions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PrivacyKeys_Artifact",
                table: "PrivacyKeys",
                column: "Artifact");

            migrationBuilder.CreateIndex(
                name: "IX_RowReads_At",
                table: "RowReads",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_RowReads_Person_At",
                table: "RowReads",
                columns: new[] { "Person", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_RowReads_Row",
                table: "RowReads",
                column: "Row");

            migrationBuilder.CreateIndex(
                name: "IX_RowReads_Version_At",
                table: "RowReads",
                columns: new[] { "Version", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ShownCohorts_Person_Dataset",
                table: "ShownCohorts",
                columns: new[] { "Person", "Dataset" });

            migrationBuilder.CreateIndex(
                name: "IX_SubjectErasures_Dataset",
                table: "SubjectErasures",
                column: "Dataset");

            migrationBuilder.CreateIndex(
                name: "IX_SubjectRequests_Key",
                table: "SubjectRequests",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_WhatIfSessions_BegunAt",
                table: "WhatIfSessions",
                column: "BegunAt");

            migrationBuilder.CreateIndex(
                name: "IX_WhatIfSessions_Dataset",
                table: "WhatIfSessions",
                column: "Dataset");

            migrationBuilder.CreateIndex(
                name: "IX_WhatIfSessions_Person_Version_Dataset_Row",
                table: "WhatIfSessions",
                columns: new[] { "Person", "Version", "Dataset", "Row" });

            PrivacyGuards.Add(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ColumnMarks");

            migrationBuilder.DropTable(
                name: "PrivacyKeys");

            migrationBuilder.DropTable(
                name: "RowReads");

            migrationBuilder.DropTable(
                name: "ShownCohorts");

            migrationBuilder.DropTable(
                name: "SubjectErasures");

            migrationBuilder.DropTable(
                name: "WhatIfEdits");

            migrationBuilder.DropTable(
                name: "SubjectRequests");

            migrationBuilder.DropTable(
                name: "WhatIfSessions");
        }
    }
}
