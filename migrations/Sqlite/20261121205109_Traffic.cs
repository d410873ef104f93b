using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Registry.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Traffic : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Deployments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Model = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false),
                    Environment = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Share = table.Column<double>(type: "REAL", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Reference = table.Column<Guid>(type: "TEXT", nullable: true),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    DeployedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deployments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Deployments_Datasets_Reference",
                        column: x => x.Reference,
                        principalTable: "Datasets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Deployments_Models_Model",
                        column: x => x.Model,
                        principalTable: "Models",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Deployments_Versions_Version",
                        column: x => x.Version,
                        principalTable: "Versions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AcceptedBatches",
                columns: table => new
                {
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Content = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Repeated = table.Column<int>(type: "INTEGER", nullable: false),
                    Conflicts = table.Column<int>(type: "INTEGER", nullable: false),
                    AcceptedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AcceptedBatches", x => new { x.Deployment, x.Kind, x.Key });
                    table.ForeignKey(
                        name: "FK_AcceptedBatches_Deployments_Deployment",
                        column: x => x.Deployment,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeploymentEnds",
                columns: table => new
                {
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeploymentEnds", x => x.Deployment);
                    table.ForeignKey(
                        name: "FK_DeploymentEnds_Deployments_Deployment",
                        column: x => x.Deployment,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficChunks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: false),
                    AcceptedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficChunks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TrafficChunks_Deployments_Deployment",
                        column: x => x.Deployment,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficErasures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Rows = table.Column<long>(type: "INTEGER", nullable: false),
                    Labels = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Ids = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficErasures", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TrafficErasures_Deployments_Deployment",
                        column: x => x.Deployment,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficHalves",
                columns: table => new
                {
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficHalves", x => new { x.Deployment, x.Key, x.Part });
                    table.ForeignKey(
                        name: "FK_TrafficHalves_Deployments_Deployment",
                        column: x => x.Deployment,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficLosses",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Deployment = table.Column<Guid>(type: "TEXT", nullable: false),
                    Rows = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficLosses", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TrafficLosses_Deployments_Deployment",
                        column: x => x.Deployment,
                        principalTable: "Deployments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TrafficFiles",
                columns: table => new
                {
                    Digest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Chunk = table.Column<Guid>(type: "TEXT", nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrafficFiles", x => x.Digest);
                    table.ForeignKey(
                        name: "FK_TrafficFiles_TrafficChunks_Chunk",
                        column: x => x.Chunk,
                        principalTable: "TrafficChunks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Deployments_Model_Environment",
                table: "Deployments",
                columns: new[] { "Model", "Environment" });

            migrationBuilder.CreateIndex(
                name: "IX_Deployments_Reference",
                table: "Deployments",
                column: "Reference");

            migrationBuilder.CreateIndex(
                name: "IX_Deployments_Version",
                table: "Deployments",
                column: "Version");

            migrationBuilder.CreateIndex(
                name: "IX_TrafficChunks_Deployment_Kind_Day",
                table: "TrafficChunks",
                columns: new[] { "Deployment", "Kind", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_TrafficChunks_Deployment_Sequence",
                table: "TrafficChunks",
                columns: new[] { "Deployment", "Sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TrafficErasures_Deployment",
                table: "TrafficErasures",
                column: "Deployment");

            migrationBuilder.CreateIndex(
                name: "IX_TrafficFiles_Chunk_Part",
                table: "TrafficFiles",
                columns: new[] { "Chunk", "Part" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TrafficHalves_ReceivedAt",
                table: "TrafficHalves",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_TrafficLosses_Deployment",
                table: "TrafficLosses",
                column: "Deployment");

            TrafficGuards.Add(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AcceptedBatches");

            migrationBuilder.DropTable(
                name: "DeploymentEnds");

            migrationBuilder.DropTable(
                name: "TrafficErasures");

            migrationBuilder.DropTable(
                name: "TrafficFiles");

            migrationBuilder.DropTable(
                name: "TrafficHalves");

            migrationBuilder.DropTable(
                name: "TrafficLosses");

            migrationBuilder.DropTable(
                name: "TrafficChunks");

            migrationBuilder.DropTable(
                name: "Deployments");
        }
    }
}
