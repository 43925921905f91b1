//! Appointments, and the feed of one's own.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::appointment::{
    Appointment, CalendarFeed, CreateAppointment, NewCalendarFeed, UpdateAppointment,
};
use ebenezer_shared::ids::AppointmentId;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/appointments";
const FEED: &str = "/api/calendar-feed";

/// Of an appointment.
pub fn path(id: AppointmentId) -> String {
    format!("{PATH}/{id}")
}

/// `GET /api/appointments`; `query` with its question mark.
pub async fn list(client: Client, query: &str) -> Result<Page<Appointment>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `POST /api/appointments`; 409 when the colleague has another one then.
pub async fn create(
    client: Client,
    appointment: &CreateAppointment,
) -> Result<Tagged<Appointment>, ApiError> {
    client.create(PATH, appointment).await
}

/// `GET /api/appointments/{id}`
pub async fn get(client: Client, id: AppointmentId) -> Result<Tagged<Appointment>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/appointments/{id}`; 412 when somebody saved in between.
pub async fn update(
    client: Client,
    id: AppointmentId,
    etag: Option<&str>,
    patch: &UpdateAppointment,
) -> Result<Tagged<Appointment>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// `GET /api/calendar-feed`
pub async fn feed(client: Client) -> Result<CalendarFeed, ApiError> {
    client.get(FEED).await
}

/// `POST /api/calendar-feed`: a new link; the one before ends.
pub async fn make_feed(client: Client) -> Result<NewCalendarFeed, ApiError> {
    Ok(client.create(FEED, &()).await?.value)
}

/// `DELETE /api/calendar-feed`
pub async fn stop_feed(client: Client) -> Result<(), ApiError> {
    client.delete(FEED, None).await
}
