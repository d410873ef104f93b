using Governance.Registry.Alerts;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;
using Governance.Registry.Schedules;
using Governance.Registry.Serving;
using Governance.Registry.Traffic;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Storage;

/// <content>The tables of what is live, watched and due.</content>
public abstract partial class GovernanceDb
{
    public DbSet<Deployment> Deployments => Set<Deployment>();

    public DbSet<DeploymentEnd> DeploymentEnds => Set<DeploymentEnd>();

    public DbSet<TrafficChunk> TrafficChunks => Set<TrafficChunk>();

    public DbSet<TrafficFile> TrafficFiles => Set<TrafficFile>();

    public DbSet<AcceptedBatch> AcceptedBatches => Set<AcceptedBatch>();

    public DbSet<TrafficHalf> TrafficHalves => Set<TrafficHalf>();

    public DbSet<TrafficLoss> TrafficLosses => Set<TrafficLoss>();

    public DbSet<TrafficErasure> TrafficErasures => Set<TrafficErasure>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<AlertStep> AlertSteps => Set<AlertStep>();

    public DbSet<AlertWindow> AlertWindows => Set<AlertWindow>();

    public DbSet<AlertDestination> AlertDestinations => Set<AlertDestination>();

    public DbSet<AlertDestinationEnd> AlertDestinationEnds => Set<AlertDestinationEnd>();

    public DbSet<AlertDelivery> AlertDeliveries => Set<AlertDelivery>();

    public DbSet<WebhookSecret> WebhookSecrets => Set<WebhookSecret>();

    public DbSet<ServingChoice> ServingChoices => Set<ServingChoice>();

    public DbSet<Schedule> Schedules => Set<Schedule>();

    public DbSet<ScheduleStep> ScheduleSteps => Set<ScheduleStep>();

    public DbSet<ScheduleRun> ScheduleRuns => Set<ScheduleRun>();

    public DbSet<TriggerSignal> TriggerSignals => Set<TriggerSignal>();

    public DbSet<MonitorPlan> MonitorPlans => Set<MonitorPlan>();

    public DbSet<MonitorReading> MonitorReadings => Set<MonitorReading>();
}
