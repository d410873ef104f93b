using Governance.Audit;
using Governance.Audit.Data;
using Governance.Portal.Components;
using Governance.Portal.Features;
using Governance.Portal.Features.Accounts;
using Governance.Portal.Features.Answers;
using Governance.Portal.Features.Appearance;
using Governance.Portal.Features.Cohorts;
using Governance.Portal.Features.Comments;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Deployments;
using Governance.Portal.Features.Documents;
using Governance.Portal.Features.Equivalence;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.ExternalSignIn;
using Governance.Portal.Features.Ledger;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.MonitorPlans;
using Governance.Portal.Features.Monitoring;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.Packs;
using Governance.Portal.Features.Privacy;
using Governance.Portal.Features.Proposals;
using Governance.Portal.Features.SavedViews;
using Governance.Portal.Features.Schedules;
using Governance.Portal.Features.Serving;
using Governance.Portal.Features.Traffic;
using Governance.Portal.Features.Uploads;
using Governance.Portal.Features.WhatIf;
using Governance.Portal.Protocols.MlflowRegistry;
using Governance.Portal.Protocols.OpenInference;
using Governance.Portal.Scheduling;
using Governance.Portal.Security;
using Governance.Registry;
using Governance.Registry.Alerts;
using Governance.Registry.SignOffs;
using System.Net.Sockets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging.Console;
using Radzen;

namespace Governance.Portal;

/// <summary>The web host: its parts in order.</summary>
public static class PortalHost
{
    /// <summary>Builds the host; nothing listens before it is started.</summary>
    /// <param name="options">Addresses and storage.</param>
    /// <param name="configure">Last word on the services, for commands and tests that add to them.</param>
    public static WebApplication Build(PortalOptions options, Action<IServiceCollection>? configure = null)
    {
        // The folder of the program, not the one that the user stands in: appsettings and assets lie beside it.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PortalHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });

        // Without this, assets of a build output answer 404 in Production and pages silently do nothing.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(options.Urls);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);

        // Standard output is for the lines that commands promise, such as the one that says where the demo is ready.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        AddPortal(builder.Services, options);
        configure?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        UsePortal(app);
        return app;
    }

    /// <summary>Starts listening.</summary>
    /// <exception cref="InputException">An address cannot be listened on, which the sentence names, or a signal to stop came first.</exception>
    public static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        string urls = app.Services.GetRequiredService<PortalOptions>().Urls;
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or SocketException or FormatException or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new InputException($"The portal cannot listen on {urls}: the address is in use or not valid.", fault);
        }
        catch (OperationCanceledException stop) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new InputException("Stopped before the portal listened.", stop);
        }
    }

    private static void AddPortal(IServiceCollection services, PortalOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddRegistry(options.Registry);
        services.AddHostedService<DatabaseStart>();
        services.AddSingleton(options.Serving);
        services.AddAudit(QuarantineCommand.Options);
        services.AddHostedService<SignOffUpkeep>();
        services.AddHostedService<AlertUpkeep>();
        services.AddScheduleClock(options.Registry);
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = 20;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(60);
        });
        services.AddRadzenComponents();
        services.AddCircuitLimits();
        services.AddRequestLimits(options);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DeniedAccessLog>();
        services.AddAccounts(options);
        services.AddPages();
        services.AddUploads();
        services.AddMlflow();
        services.AddLedger();
        services.AddTelemetry(options);
        services.AddTransient<OpenApiDocument>();
        services.AddTransient<AnswerInference>();
        services.AddSingleton<IngestLimit>();
        services.AddHostedService<TrafficUpkeep>();
        services.AddExceptionHandler<UnhandledExceptions>();
        services.AddProblemDetails();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: [HealthEndpoints.Ready]);
    }

    private static void UsePortal(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseOriginCheck();
        app.UseTokenInAddressCheck();
        app.UseRouting();
        app.UseAnswerTime();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseSecondFactorRule();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapTheme();
        app.MapAccounts();
        app.MapExternalSignIn();
        app.MapEvidence();
        app.MapDocuments();
        app.MapPolicies();
        app.MapMonitoring();
        app.MapPacks();
        app.MapDatasets();
        app.MapExplanations();
        app.MapLedger();
        app.MapSubjects();
        app.MapWhatIf();
        app.MapAntiforgeryToken();
        app.MapUploads();
        app.MapAnswers();
        app.MapMonitors();
        app.MapOpenInference();
        app.MapMlflow();
        app.MapServing();
        app.MapTraffic();
        app.MapDeployments();
        app.MapBatteries();
        app.MapOpenApiDocument();
        app.MapRegistrations();
        app.MapUploadForm();
        app.MapReleases();
        app.MapSchedules();
        app.MapComments();
        app.MapCohorts();
        app.MapSavedViews();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(circuits =>
            {
                circuits.ContentSecurityFrameAncestorsPolicy = null; // SecurityHeaders sets the whole policy
                circuits.DisableWebSocketCompression = true; // secrets and attackers' text may share a render batch
            })
            .RequireAuthorization();
    }
}
